pluginManagement {
    repositories {
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        mavenCentral()
        maven("https://maven.example.com/releases") {
            credentials {
                username = providers.gradleProperty("acmeUser").get()
                password = providers.gradleProperty("acmePassword").get()
            }
        }
    }
}

rootProject.name = "feed"
