import sys

import cv2


def main() -> int:
    print(cv2.imread(sys.argv[1]).shape)
    return 0
