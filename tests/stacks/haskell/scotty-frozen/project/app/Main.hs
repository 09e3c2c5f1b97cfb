{-# LANGUAGE OverloadedStrings #-}

module Main (main) where

import Scales (weigh)
import System.Environment (lookupEnv)
import Web.Scotty

main :: IO ()
main = do
  port <- maybe 3040 read <$> lookupEnv "PORT"
  scotty port $ do
    get "/" $ text weigh
    get "/healthz" $ text "humming"
