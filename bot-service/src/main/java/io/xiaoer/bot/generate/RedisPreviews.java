package io.xiaoer.bot.generate;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.common.log.PassingFrames;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sends `delta` frames to the nodes that hold the shopper's devices.
final class RedisPreviews implements Previews {

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisPreviews.class);

    private final PassingFrames frames;

    RedisPreviews(PassingFrames frames) {
        this.frames = frames;
    }

    @Override
    public void show(Question question, String piece) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "delta");
        frame.put("reply_to", question.id());
        frame.put("text", piece);
        try {
            frames.whileOwned(question.user(), question.sessionId(), question.number(), JSON.toJSONString(frame));
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("message_id", question.id()).log("A piece was not shown");
        }
    }
}
