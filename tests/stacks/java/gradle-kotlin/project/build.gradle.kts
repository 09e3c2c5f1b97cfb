plugins {
    alias(libs.plugins.kotlin.jvm)
    alias(libs.plugins.kotlin.spring)
    alias(libs.plugins.spring.boot)
    alias(libs.plugins.spring.dependencies)
}

group = "com.example"
version = "2.3.0"

kotlin {
    jvmToolchain(21)
}

dependencies {
    implementation(libs.spring.webflux)
    implementation(libs.spring.actuator)
}

dependencyLocking {
    lockAllConfigurations()
}
