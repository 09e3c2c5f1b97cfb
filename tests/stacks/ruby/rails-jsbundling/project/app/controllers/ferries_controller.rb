class FerriesController < ActionController::Base
  def index = render(plain: "The ferry leaves at nine")
end
