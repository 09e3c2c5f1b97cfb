# One stage, as https://github.com/docker-library/docs/blob/0ff3877a50483e3967fba4a97d4445bba2fb1bda/gcc/content.md (read 2026-11-26): one image
# to compile in and to run in. CMake and OpenSSL's headers are what this project needs besides; its tests need more.
FROM gcc:14
RUN apt-get update && apt-get install -y cmake libssl-dev
COPY . /usr/src/myapp
WORKDIR /usr/src/myapp
RUN cmake -S . -B build -DLIGHTHOUSE_BUILD_TESTS=OFF && cmake --build build
CMD ["./build/src/lighthouse"]
