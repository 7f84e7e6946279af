package io.xiaoer.session.connection;

import io.xiaoer.common.message.Role;
import io.xiaoer.session.presence.Presence;

/// The frame that tells of a cursor.
final class ReadFrame {

    private ReadFrame() {}

    static String of(Presence.Cursor cursor) {
        boolean agent = cursor.device().equals(Role.AGENT.label());
        return ServerFrame.read(
                cursor.sessionId(),
                cursor.upTo(),
                (agent ? Role.AGENT : Role.USER).label(),
                agent ? null : cursor.device());
    }
}
