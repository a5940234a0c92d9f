// Read by node before the Playground, which by itself listens on every address of the machine:
// it listens on this machine only, and ends with whoever started it, however that one ended.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const here = typeof port === "number" && typeof rest[0] !== "string";
  return here ? listen.call(this, port, "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};
process.stdin.resume().on("end", () => process.exit(0));
