{-# LANGUAGE DataKinds, TypeOperators #-}

module Shipyard.Api (Api) where

import Servant.API

type Api = "hulls" :> Get '[JSON] [Int] :<|> "livez" :> Get '[PlainText] String
