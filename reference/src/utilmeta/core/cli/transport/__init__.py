"""How requests get to a server and answers back: messages, connections, the time that a call has, URLs and cookies."""
