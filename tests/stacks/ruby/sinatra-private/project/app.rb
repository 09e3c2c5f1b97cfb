require "sinatra/base"
require "weighing"

class Scales < Sinatra::Base
  get("/healthz") { "ok" }
  get("/") { erb :index }
end
