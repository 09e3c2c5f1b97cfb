ThisBuild / scalaVersion := "2.13.16"
ThisBuild / version := "1.2.0"

lazy val model = project

lazy val station = project
  .enablePlugins(JavaAppPackaging)
  .dependsOn(model)
  .settings(
    name := "observatory-station",
    libraryDependencies += Dependencies.scopt
  )

lazy val observatory = project
  .in(file("."))
  .aggregate(model, station)
