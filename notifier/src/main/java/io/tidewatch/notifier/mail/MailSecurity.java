package io.tidewatch.notifier.mail;

/** How the connection to the mail server is protected. What is set is what is done; there is no falling back to less. */
public enum MailSecurity {
    /** The connection begins in the clear and has to go over to TLS before anything is said; port 587 as a rule. */
    STARTTLS,

    /** TLS from the first byte; port 465 as a rule. */
    TLS,

    /** Not at all, the password included; for a server on the same machine. */
    NONE
}
