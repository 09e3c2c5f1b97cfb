lazy val root = (project in file("."))
  .enablePlugins(PlayScala)
  .settings(
    name := "gazette",
    version := "2.0.0",
    scalaVersion := "2.13.16",
    libraryDependencies += guice
  )
