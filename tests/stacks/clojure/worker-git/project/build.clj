(ns build
  (:require [clojure.tools.build.api :as b]))

(defn uber [{:keys [uber-file] :or {uber-file "target/tremor-watch.jar"}}]
  (let [basis (b/create-basis)]
    (b/copy-dir {:src-dirs ["src"] :target-dir "target/classes"})
    (b/compile-clj {:basis basis :ns-compile '[quarry.watch] :class-dir "target/classes"})
    (b/uber {:class-dir "target/classes" :uber-file uber-file :basis basis :main 'quarry.watch})))
