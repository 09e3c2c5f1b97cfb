(ns harbour.units)

(defn metres [height]
  (str height " m"))
