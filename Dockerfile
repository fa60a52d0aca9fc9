# newslint as an image: one program without libraries, and a shell for CI systems that want one.
#
#     docker build -t newslint .
#     docker run --rm -v "$PWD:/site" newslint content/
FROM debian:12-slim AS build
WORKDIR /newslint
COPY tools/deps.sh tools/deps.sh
RUN sh tools/deps.sh
COPY . .
RUN make -s -j"$(nproc)" static

FROM debian:12-slim
COPY --from=build /newslint/build/newslint-static /usr/local/bin/newslint
WORKDIR /site
ENTRYPOINT ["newslint"]
