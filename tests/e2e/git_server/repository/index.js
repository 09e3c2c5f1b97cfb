module.exports = "hello from acme";
