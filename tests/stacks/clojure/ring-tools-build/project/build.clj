(ns build
  (:require [clojure.tools.build.api :as b]))

(def lib 'harbour/tide-table)
(def class-dir "target/classes")
(def basis (delay (b/create-basis {:project "deps.edn"})))

(defn clean [_]
  (b/delete {:path "target"}))

(defn uber [_]
  (clean nil)
  (b/copy-dir {:src-dirs ["src" "resources"] :target-dir class-dir})
  (b/compile-clj {:basis @basis :ns-compile '[harbour.tide-table] :class-dir class-dir})
  (b/uber {:class-dir class-dir :uber-file "target/tide-table.jar" :basis @basis :main 'harbour.tide-table}))
