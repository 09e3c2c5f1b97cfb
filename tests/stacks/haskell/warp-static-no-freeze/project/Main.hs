module Main (main) where

import Control.Monad (void)
import Network.Wai.Application.Static (defaultFileServerSettings, staticApp)
import Network.Wai.Handler.Warp
import System.Posix.Signals

main :: IO ()
main = runSettings settings (staticApp (defaultFileServerSettings "static"))
  where
    settings = setPort 8091 (setInstallShutdownHandler stop defaultSettings)
    stop close = void (installHandler sigTERM (Catch close) Nothing)
