"""What the whole-system tests stand on: homes, buses, a desktop, a mail sink, a user manager. Loopback and private only."""
