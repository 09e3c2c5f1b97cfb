module Scales (weigh) where

import Data.Text.Lazy (Text, pack)

weigh :: Text
weigh = pack "hive 7: 41 kg"
