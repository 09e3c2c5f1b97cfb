"use strict";

const ms = require("ms");

exports.greeting = (name) => `hello ${name} after ${ms(90_000)}`;
