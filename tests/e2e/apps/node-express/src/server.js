'use strict';

const path = require('node:path');
const bcrypt = require('bcrypt');
const express = require('express');
const greeting = require('@acme/greeting');

const app = express();
app.use('/static', express.static(path.join(__dirname, 'public')));
app.get(['/healthz', '/api'], (_request, response) => {
  response.json({status: 'ok', greeting, hashed: bcrypt.hashSync('x', 4).length});
});
const server = app.listen(3000);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
