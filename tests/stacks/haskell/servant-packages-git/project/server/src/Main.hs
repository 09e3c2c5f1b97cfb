module Main (main) where

import Network.Wai.Handler.Warp (run)
import Rivets (application)

main :: IO ()
main = run 8070 application
