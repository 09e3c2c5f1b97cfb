using Genie, Logging

Genie.Configuration.config!(
  server_port                     = 8010,
  server_host                     = "0.0.0.0",
  log_level                       = Logging.Error,
  log_to_file                     = false,
  server_handle_static_files      = true
)

ENV["JULIA_REVISE"] = "off"
