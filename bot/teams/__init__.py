"""The edge towards the Bot Framework SDK and the channel."""
