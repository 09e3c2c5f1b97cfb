(ns harbour.tide-table
  (:require [harbour.units :as units]
            [reitit.ring :as ring]
            [ring.adapter.jetty :as jetty])
  (:gen-class))

(defn tides [_]
  {:status 200 :headers {"Content-Type" "text/plain"} :body (units/metres 3.2)})

(def app
  (ring/ring-handler
   (ring/router [["/" {:get tides}]
                 ["/healthz" {:get (constantly {:status 204})}]])))

(defn -main [& _]
  (jetty/run-jetty app {:port (parse-long (or (System/getenv "PORT") "3100")) :join? true}))
