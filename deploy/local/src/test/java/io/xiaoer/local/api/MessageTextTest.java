package io.xiaoer.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import org.junit.jupiter.api.Test;

/// Answers can be read in a terminal.
class MessageTextTest {

    @Test
    void anOrderCardShowsTheOrderItsParcelsAndWhatIsMissing() {
        var lines = String.join("\n", MessageText.lines(JSON.parseObject("""
                {"attributes": {"content": {"kind": "card", "card": "order", "text": "Your parcel is on its way.",
                  "order": {"id": "W1", "status": "shipped", "placed_at": "2026-10-31T07:16:00Z",
                    "total": {"amount_minor": 53665, "currency": "USD"}, "items": [{"title": "Lamp", "quantity": 2}]},
                  "shipments": [{"carrier": "YTO", "tracking_no": "357", "status": "in_transit",
                    "latest": {"at": "2026-11-01T03:16:00Z", "text": "Departed"}}],
                  "after_sales": [], "coupons": [], "missing": ["coupons"]}}}""")));
        assertThat(lines)
                .contains("Your parcel is on its way.", "Order W1", "536.65 USD", "2 x Lamp")
                .contains("YTO 357", "Departed", "not available now: coupons");
    }

    @Test
    void aTextIsPrintedAsItIs() {
        var message = JSON.parseObject("{\"attributes\": {\"content\": {\"kind\": \"text\", \"text\": \"好的\"}}}");
        assertThat(MessageText.lines(message)).containsExactly("好的");
    }
}
