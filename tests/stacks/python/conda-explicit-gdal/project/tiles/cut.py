from osgeo import gdal


def cut(path: str) -> int:
    return gdal.Open(path).RasterCount
