package io.xiaoer.session.connection;

import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.delivery.Outlet;

/// The end of the road of one session to the connection of the agent who holds it.
///
/// @param id under which it stands in the shopper's presence
/// @param connection that takes what comes
/// @param sid the session
record SessionOutlet(String id, Connection connection, String sid) implements Outlet {

    /// Agents are told of changes of owner by the shop's own push, whether they hold the session or not.
    private static final String STATE = "{\"type\":\"state\"";

    @Override
    public String device() {
        return "agent";
    }

    @Override
    public boolean seesFlags() {
        return true;
    }

    @Override
    public void message(MessageResource message, String frame) {
        connection.message(message, frame);
    }

    /// Of what passes by, what belongs to the session.
    @Override
    public void passing(String frame) {
        if (!frame.startsWith(STATE) && frame.contains("\"sid\":\"" + sid + '"')) {
            connection.passing(frame);
        }
    }

    @Override
    public void draft(String agent, String body) {
        if (agent.equals(connection.party().user().id())) {
            var draft = Message.of("", body);
            connection.passing(
                    ServerFrame.draft(sid, draft.replyTo(), draft.content().toMap()));
        }
    }

    @Override
    public void resync() {
        connection.resync();
    }

    @Override
    public boolean full() {
        return connection.full();
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        connection.awaitRoom();
    }
}
