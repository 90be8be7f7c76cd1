package dev.drey.job.access;

/**
 * Why a request does not pass.
 *
 * @param status of HTTP: 401 if the token is missing or wrong, 403 if the token does not help
 * @param reason a sentence for whoever sent the request
 */
record Refusal(int status, String reason) {

  static Refusal forbidden(String reason) {
    return new Refusal(403, reason);
  }

  /** The answer's body, in the form of Flink's errors, so that its client shows the reason. */
  String body() {
    return "{\"errors\":[\"" + plain(reason) + "\"]}";
  }

  /** Parts of the reason come from the request, or are names of files. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\"\\\\<>]", "?");
  }
}
