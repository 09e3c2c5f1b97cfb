(ns lighthouse.core
  (:require [compojure.core :refer [GET defroutes]]
            [org.httpkit.server :as server])
  (:gen-class))

(defroutes lights
  (GET "/" [] "every light burns"))

(defn -main [& _]
  (server/run-server lights {:port 8095}))
