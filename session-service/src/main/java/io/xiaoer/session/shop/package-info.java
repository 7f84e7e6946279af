/// Shops and their settings. The table is the truth; a change and its record for Kafka are one transaction; every
/// instance keeps a copy in memory that other packages ask without leaving the process.
@NullMarked
package io.xiaoer.session.shop;

import org.jspecify.annotations.NullMarked;
