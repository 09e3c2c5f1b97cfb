import 'package:buoy_watch/buoys.dart';
import 'package:harbour_log/harbour_log.dart';

Future<void> main() async {
  while (true) {
    log(buoys.join(', '));
    await Future<void>.delayed(const Duration(seconds: 1));
  }
}
