(ns orchard.main
  (:require [aero.core :as aero]
            [clojure.java.io :as io]
            [io.pedestal.connector :as connector]
            [io.pedestal.http.jetty :as jetty])
  (:gen-class))

(defn count-pears [_]
  {:status 200 :body "412 pears"})

(def routes #{["/" :get count-pears :route-name :pears]
              ["/livez" :get (constantly {:status 200 :body "alive"}) :route-name :alive]})

(defn -main [& _]
  (let [settings (aero/read-config (io/resource "settings.edn"))]
    (-> (connector/default-connector-map (:host settings) (:port settings))
        (connector/with-default-interceptors)
        (connector/with-routes routes)
        (jetty/create-connector nil)
        (connector/start!))))
