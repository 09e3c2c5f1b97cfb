#!/bin/sh
set -e
conan remote add --force harbour-crew https://conan.harbour.example/artifactory/api/conan/crew
conan install . --build=missing
