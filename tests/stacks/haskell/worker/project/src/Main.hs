module Main (main) where

import Control.Concurrent (threadDelay)
import Control.Monad (forever)
import Data.Time (getCurrentTime)
import System.Environment (getArgs)

main :: IO ()
main = do
  gauges <- getArgs
  forever $ do
    now <- getCurrentTime
    putStrLn (show now <> " " <> unwords gauges)
    threadDelay 60000000
