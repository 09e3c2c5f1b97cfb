# One stage, with the steps that https://github.com/docker-library/docs/blob/481f43ec2f3683369a73e36a743aebe5232a5c60/ruby/content.md
# (read 2026-11-26) has in a base of its own: all is copied, Bundler installs, the script starts.
FROM ruby:3.3
WORKDIR /usr/src/app
COPY . .
RUN bundle install --local
CMD ["ruby", "./server.rb"]
