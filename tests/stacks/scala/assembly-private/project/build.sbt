name := "tally"
version := "0.9.1"
scalaVersion := "3.3.6"
scalacOptions ++= Seq("-java-output-version", "17")

resolvers += "Harbour Office" at "https://maven.harbour.example/releases"
credentials += Credentials(
  "Harbour Office",
  "maven.harbour.example",
  sys.env("HARBOUR_USER"),
  sys.env("HARBOUR_TOKEN")
)
libraryDependencies += "example.harbour" %% "ledger" % "3.1.0"

Compile / mainClass := Some("tally.Count")
assembly / assemblyMergeStrategy := {
  case "module-info.class" => MergeStrategy.discard
  case path => (assembly / assemblyMergeStrategy).value(path)
}
