"""The practice room: a local channel, its page, and a clock that can be moved. Only under --rehearsal."""
