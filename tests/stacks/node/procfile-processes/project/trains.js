export function trains() {
  return [{ name: "night mail", platform: 4 }];
}
