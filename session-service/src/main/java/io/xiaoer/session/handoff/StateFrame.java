package io.xiaoer.session.handoff;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import java.util.LinkedHashMap;

/// The frame `state`, which tells who owns a session.
public final class StateFrame {

    private StateFrame() {}

    public static String of(SessionRow row) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "state");
        frame.put("sid", row.sid());
        frame.put("owner", row.owner().label());
        if (row.owner() == Owner.AGENT && row.holder() != null) {
            var agent = new LinkedHashMap<String, Object>();
            agent.put("id", row.holder());
            if (row.holderName() != null) {
                agent.put("name", row.holderName());
            }
            frame.put("agent", agent);
        }
        frame.put("number", row.number());
        return JSON.toJSONString(frame);
    }
}
