# One stage, as the Node.js project's guide to a web application in Docker advises: locale/en/docs/guides/
# nodejs-docker-webapp.md in https://github.com/nodejs/nodejs.org (read 2026-11-24; Express has no such page).
FROM node:24
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm install
COPY . .
EXPOSE 3000
CMD ["node", "src/server.js"]
