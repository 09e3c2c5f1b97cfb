from conan import ConanFile
from conan.tools.gnu import PkgConfigDeps
from conan.tools.layout import basic_layout
from conan.tools.meson import MesonToolchain


class Ballast(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    requires = "harbour-log/2.1.0", "zlib/[>=1.3 <2]"
    exports = "VERSION"

    def layout(self):
        basic_layout(self)

    def generate(self):
        PkgConfigDeps(self).generate()
        MesonToolchain(self).generate()
