(ns build
  (:require [clojure.tools.build.api :as b]))

(def lib 'orchard/pear-counter)
(def version (format "1.4.%s" (or (System/getenv "BUILD_NUMBER") "0")))
(def class-dir "target/classes")
(def uber-file (format "target/%s-%s-standalone.jar" (name lib) version))

(defn uberjar [_]
  (let [basis (b/create-basis {:project "deps.edn" :aliases [:production]})]
    (b/copy-dir {:src-dirs ["src" "resources"] :target-dir class-dir})
    (b/compile-clj {:basis basis :ns-compile '[orchard.main] :class-dir class-dir})
    (b/uber {:class-dir class-dir :uber-file uber-file :basis basis :main 'orchard.main})))
