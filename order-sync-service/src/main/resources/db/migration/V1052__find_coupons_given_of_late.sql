-- What a shopper was given of late bounds what a dialog gives them.
ALTER TABLE coupon ADD KEY IF NOT EXISTS coupon_of_late (shop_id, user_id, issued_at);
