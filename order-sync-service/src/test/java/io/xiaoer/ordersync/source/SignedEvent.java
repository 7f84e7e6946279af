package io.xiaoer.ordersync.source;

import io.xiaoer.common.testing.HttpCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// An event as a sender of Standard Webhooks makes it.
record SignedEvent(String id, Instant at, String body) {

    HttpCall.Reply sentTo(String url, String secret) {
        return sentTo(url, secret, body);
    }

    /// Sends another body under the signature of this one.
    HttpCall.Reply sentTo(String url, String secret, String sent) {
        return HttpCall.post(url)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", "v1,c3RyYW5nZXI= v1," + signature(secret))
                .json(sent)
                .send();
    }

    private String signature(String secret) {
        var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        var signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(HmacSha256.sign(key, signed));
    }
}
