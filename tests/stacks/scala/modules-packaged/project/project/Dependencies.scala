import sbt.*

object Dependencies {
  val scopt = "com.github.scopt" %% "scopt" % "4.1.0"
}
