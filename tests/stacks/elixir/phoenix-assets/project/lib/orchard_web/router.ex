defmodule OrchardWeb.Router do
  use OrchardWeb, :router

  scope "/", OrchardWeb do
    get "/healthz", HealthController, :show
    get "/trees", TreeController, :index
  end
end
