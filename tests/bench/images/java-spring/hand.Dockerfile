# syntax=docker/dockerfile:1.27.1@sha256:4edf897a3ffa55b89f906fc8cc78afdb3f1834cc9c7083565e611a8a7d5fe99e

# Written by hand with care: what a generated one is measured against.

FROM maven:3.9.16-eclipse-temurin-21-noble@sha256:a972570be789ee5c9fa23446a8914ac7327560b5c022f662cfa9452aef829f18 AS build
WORKDIR /src
COPY pom.xml ./
COPY src/ src/
RUN --mount=type=cache,id=shop-m2,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -DskipTests package && \
    java -Djarmode=tools -jar target/shop-0.1.0.jar extract --layers --application-filename app.jar --destination /out

# A JRE, neither shell nor package manager; its user nonroot has the id 65532.
FROM gcr.io/distroless/java21-debian13:nonroot@sha256:0a1f5a75661918de9c0813f287f651c3bf2d6dd752eada5f084eb0c1f14ced9e AS runtime
WORKDIR /app
# From what changes least to what changes most.
COPY --from=build /out/dependencies/ ./
COPY --from=build /out/snapshot-dependencies/ ./
COPY --from=build /out/application/ ./
USER 65532:65532
EXPOSE 8081
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "app.jar"]
LABEL org.opencontainers.image.title="shop" \
    org.opencontainers.image.base.name="gcr.io/distroless/java21-debian13:nonroot"
