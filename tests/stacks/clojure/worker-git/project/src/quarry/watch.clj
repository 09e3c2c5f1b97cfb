(ns quarry.watch
  (:require [seismograph.core :as seismograph])
  (:gen-class))

(defn -main [& stations]
  (doseq [station stations]
    (println station (seismograph/last-tremor station))))
