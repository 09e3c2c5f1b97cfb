class PrintLabel
  include Sidekiq::Job

  def perform(id)
  end
end
