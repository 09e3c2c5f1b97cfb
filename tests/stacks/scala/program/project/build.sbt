ThisBuild / scalaVersion := "3.3.6"
ThisBuild / version := "0.3.0"

lazy val root = (project in file("."))
  .settings(
    name := "harbour",
    description := "Which ships lie in the harbour",
    libraryDependencies += "com.lihaoyi" %% "upickle" % "4.2.1"
  )
