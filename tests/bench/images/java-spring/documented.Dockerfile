# One stage, as Maven's image advised in https://github.com/docker-library/docs/blob/481f43ec2f3683369a73e36a743aebe5232a5c60/maven/content.md
# (read 2026-11-26): all is copied, Maven builds, and the container starts what it made.
FROM maven:3.9-eclipse-temurin-21
WORKDIR /usr/src/app
COPY . .
RUN mvn package -DskipTests
EXPOSE 8081
CMD ["java", "-jar", "target/shop-0.1.0.jar"]
