(defproject lighthouse "0.3.0"
  :description "Which lights burn along the coast"
  :url "https://lighthouse.example"
  :dependencies [[org.clojure/clojure "1.12.5"]
                 [http-kit/http-kit "2.9.1"]
                 [compojure "1.7.2"]
                 [coast/beacons "2.1.0"]]
  :repositories [["coast" {:url "https://maven.coast.example/releases"
                           :username :env/coast_user
                           :password :env/coast_password}]]
  :main ^:skip-aot lighthouse.core
  :target-path "target/%s"
  :uberjar-name "lighthouse.jar"
  :profiles {:uberjar {:aot :all
                       :jvm-opts ["-Dclojure.compiler.direct-linking=true"]}})
